"""The text of a document becomes data that every later stage can point into.

`source` turns bytes into plain data: YAML by `yaml_text`, `yaml_scalars` and `aliases`,
JSON by `json_text`; `foreign` knows web pages and images by sight, and `positions`
finds line and column of an element when something has to be said about it. `overlay`
(read by `overlay_file`, aimed by `jsonpath`) lays corrections over the data without
touching the vendor's file. `shape` asks whether containers stand where containers
belong, `parse` asks openapi-pydantic the rest and `complaints` puts it into words.
`resolve` checks each `$ref` and loads the files beside the document, along the
`grammar` of OpenAPI.

What comes out is a `Document`, and a `Node` is a place in it. The data is never
converted: what the vendor wrote is what every stage sees.
"""
