"""The text of a document becomes data that every later stage can point into.

`source` turns bytes into plain data: YAML by `yaml_text`, `yaml_scalars` and `aliases`,
JSON by `json_text`; `foreign` knows web pages and images by sight, and `positions`
finds line and column of an element when something has to be said about it. `overlay`
(read by `overlay_file`, aimed by `jsonpath`) lays corrections over the data without
touching the vendor's file. `shape` asks whether containers stand where containers
belong, `parse` asks openapi-pydantic the rest and `complaints` puts it into words.
`resolve` checks each `$ref` and loads the files beside the document, along the
`grammar` of OpenAPI.

`inputs` decides what a name means: a file, or `pages` of a documentation (listed by an
`index` or lying in a folder), each with a fragment that `merge` puts together; two that
disagree are told apart by `differences`. `pull` gets the same from a host, through `fetch`
and what is `remembered`, and `yaml_writer` writes it down.

What comes out is a `Document`, and a `Node` is a place in it. The data is never
converted: what the vendor wrote is what every stage sees.
"""
