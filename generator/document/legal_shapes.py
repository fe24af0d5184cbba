"""The keys of OpenAPI 3.0 and 3.1 and their values, as openapi-pydantic's models have them.

How to read the values: `plainly`. A test compares every line with the library.
"""

from __future__ import annotations

from .grammar import METHODS

Shapes = dict[str, dict[str, str]]

WORDS = {
    "version 3.0": frozenset({"3.0.0", "3.0.1", "3.0.2", "3.0.3", "3.0.4"}),
    "version 3.1": frozenset({"3.1.0", "3.1.1", "3.1.2"}),
    "location": frozenset({"query", "header", "path", "cookie"}),
    "type 3.0": frozenset(
        {"string", "number", "integer", "boolean", "array", "object"}
    ),
    "type 3.1": frozenset(
        {"null", "string", "number", "integer", "boolean", "array", "object"}
    ),
}

_SCHEMA = "reference or schema?"
_SCHEMAS = "{reference or schema}?"
_LIST = "[reference or schema]?"
_DOCS = "external documentation?"
_DESCRIBED = {"description": "text?"}

_PARAMETER = {
    **_DESCRIBED,
    **dict.fromkeys(("required", "deprecated"), "flag"),
    "style": "text?",
    "explode": "flag?",
    "schema": _SCHEMA,
    "example": "anything",
    "examples": "{example or reference}?",
    "content": "{media type}?",
}
_SCHEMA_COMMON = {
    **dict.fromkeys(("title", "pattern", "description", "format"), "text?"),
    **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems"), "count?"),
    **dict.fromkeys(("maxProperties", "minProperties"), "count?"),
    **dict.fromkeys(("maximum", "minimum"), "number?"),
    **dict.fromkeys(("uniqueItems", "readOnly", "writeOnly", "deprecated"), "flag?"),
    **dict.fromkeys(("allOf", "oneOf", "anyOf"), _LIST),
    **dict.fromkeys(("not", "items"), _SCHEMA),
    **dict.fromkeys(("default", "example"), "anything"),
    "multipleOf": "positive?",
    "enum": "values?",
    "properties": _SCHEMAS,
    "discriminator": "discriminator?",
    "xml": "xml?",
    "externalDocs": _DOCS,
}
_SCHEMA_30 = {
    **_SCHEMA_COMMON,
    **dict.fromkeys(("exclusiveMaximum", "exclusiveMinimum", "nullable"), "flag?"),
    "required": "names?",
    "type": "type 3.0?",
    "additionalProperties": "flag or reference or schema?",
}
_SCHEMA_31 = {
    **_SCHEMA_COMMON,
    **dict.fromkeys(("exclusiveMaximum", "exclusiveMinimum"), "number?"),
    **dict.fromkeys(("maxContains", "minContains"), "count?"),
    **dict.fromkeys(("contentEncoding", "contentMediaType"), "text?"),
    **dict.fromkeys(("if", "then", "else", "contains", "propertyNames"), _SCHEMA),
    **dict.fromkeys(
        ("unevaluatedItems", "unevaluatedProperties", "contentSchema"), _SCHEMA
    ),
    **dict.fromkeys(("dependentSchemas", "patternProperties"), _SCHEMAS),
    "prefixItems": _LIST,
    "additionalProperties": "reference or schema or flag?",
    "type": "type 3.1 or [type 3.1]?",
    "const": "anything",
    "required": "[text]?",
    "dependentRequired": "{[text]}?",
    "examples": "[anything]?",
}

SHAPES_30: Shapes = {
    "document": {
        "openapi": "version",
        "info!": "info",
        "servers": "[server]",
        "paths!": "{path item}",
        "components": "components?",
        "security": "[{[text]}]?",
        "tags": "[tag]?",
        "externalDocs": _DOCS,
    },
    "info": {
        **dict.fromkeys(("title!", "version!"), "text"),
        **_DESCRIBED,
        "termsOfService": "text?",
        "contact": "contact?",
        "license": "license?",
    },
    "contact": dict.fromkeys(("name", "url", "email"), "text?"),
    "license": {"name!": "text", "url": "text?"},
    "server": {"url!": "text", **_DESCRIBED, "variables": "{server variable}?"},
    "server variable": {"enum": "[text]?", "default!": "text", **_DESCRIBED},
    "tag": {"name!": "text", **_DESCRIBED, "externalDocs": _DOCS},
    "external documentation": {**_DESCRIBED, "url!": "text"},
    "path item": {
        **dict.fromkeys(("$ref", "summary", "description"), "text?"),
        **dict.fromkeys(METHODS, "operation?"),
        "servers": "[server]?",
        "parameters": "[parameter or reference]?",
    },
    "operation": {
        **dict.fromkeys(("summary", "description", "operationId"), "text?"),
        "tags": "[text]?",
        "externalDocs": _DOCS,
        "parameters": "[parameter or reference]?",
        "requestBody": "request body or reference?",
        "responses!": "{response or reference}",
        "callbacks": "{{path item}}?",
        "deprecated": "flag",
        "security": "[{[text]}]?",
        "servers": "[server]?",
    },
    "parameter": {
        **_PARAMETER,
        "name!": "text",
        "in!": "location",
        **dict.fromkeys(("allowEmptyValue", "allowReserved"), "flag"),
    },
    "header": _PARAMETER,
    "reference": {"$ref!": "text"},
    "schema": _SCHEMA_30,
    "discriminator": {"propertyName!": "text", "mapping": "{text}?"},
    "xml": {
        **dict.fromkeys(("name", "namespace", "prefix"), "text?"),
        **dict.fromkeys(("attribute", "wrapped"), "flag"),
    },
    "example": {
        **dict.fromkeys(("summary", "description", "externalValue"), "text?"),
        "value": "anything",
    },
    "media type": {
        "schema": _SCHEMA,
        "example": "anything",
        "examples": "{example or reference}?",
        "encoding": "{encoding}?",
    },
    "encoding": {
        **dict.fromkeys(("contentType", "style"), "text?"),
        "headers": "{header or reference}?",
        "explode": "flag?",
        "allowReserved": "flag",
    },
    "request body": {**_DESCRIBED, "content!": "{media type}", "required": "flag"},
    "response": {
        "description!": "text",
        "headers": "{header or reference}?",
        "content": "{media type}?",
        "links": "{link or reference}?",
    },
    "link": {
        **dict.fromkeys(("operationRef", "operationId", "description"), "text?"),
        "parameters": "{anything}?",
        "requestBody": "anything",
        "server": "server?",
    },
    "components": {
        "schemas": _SCHEMAS,
        "responses": "{response or reference}?",
        "parameters": "{parameter or reference}?",
        "examples": "{example or reference}?",
        "requestBodies": "{request body or reference}?",
        "headers": "{header or reference}?",
        "securitySchemes": "{security scheme or reference}?",
        "links": "{link or reference}?",
        "callbacks": "{reference or {path item}}?",
    },
    "security scheme": {
        "type!": "text",
        **dict.fromkeys(("name", "in", "scheme", "bearerFormat"), "text?"),
        **dict.fromkeys(("description", "openIdConnectUrl"), "text?"),
        "flows": "oauth flows?",
    },
    "oauth flows": dict.fromkeys(
        ("implicit", "password", "clientCredentials", "authorizationCode"),
        "oauth flow?",
    ),
    "oauth flow": {
        **dict.fromkeys(("authorizationUrl", "tokenUrl", "refreshUrl"), "text?"),
        "scopes!": "{text}",
    },
}

_CALLBACKS_31 = "{reference or {path item or reference}}?"


def _optional(fields: dict[str, str], key: str) -> dict[str, str]:
    """Return fields of which one may be missing or empty."""
    others = {name: value for name, value in fields.items() if name != f"{key}!"}
    return {**others, key: fields[f"{key}!"] + "?"}


SHAPES_31: Shapes = {
    **SHAPES_30,
    "document": {
        **_optional(SHAPES_30["document"], "paths"),
        "jsonSchemaDialect": "text?",
        "webhooks": "{path item or reference}?",
    },
    "info": {**SHAPES_30["info"], "summary": "text?"},
    "license": {**SHAPES_30["license"], "identifier": "text?"},
    "operation": {
        **_optional(SHAPES_30["operation"], "responses"),
        "callbacks": _CALLBACKS_31,
    },
    "reference": {"$ref!": "text", "summary": "text?", **_DESCRIBED},
    "schema": _SCHEMA_31,
    "components": {
        **SHAPES_30["components"],
        "schemas": "{schema}?",
        "callbacks": _CALLBACKS_31,
        "pathItems": "{path item or reference}?",
    },
    "oauth flow": _optional(SHAPES_30["oauth flow"], "scopes"),
}
