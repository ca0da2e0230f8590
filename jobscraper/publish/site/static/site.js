// Datasette's table.js asks for this name; its own pages set it in an inline script, which our policy forbids.
var DATASETTE_ALLOW_FACET = true;
