import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { centralContract } from '#contract/central/index.ts';

/** The OpenAPI document of the central API, made from the contract that the server and its clients are derived from. */
export function openApiDocument(version: string) {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(centralContract, {
    info: {
      title: 'Comptoir central server',
      version,
      description:
        'Terminals sign each request (RFC 9421, RFC 9530); the office sends the bearer token of its session. Refusals carry a `data.type`.',
    },
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer' },
        terminal: { type: 'apiKey', in: 'header', name: 'signature' },
      },
    },
  });
}
