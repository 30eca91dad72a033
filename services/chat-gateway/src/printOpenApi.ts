import { publicOpenApiDocument } from './openapi.ts';

// Prints the document for `docs/api/openapi.json`.
console.log(JSON.stringify(publicOpenApiDocument(), null, 2));
