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
        'Terminals sign each request (RFC 9421, RFC 9530); the office and the cardholder send the bearer token of their session. A read-only key of a shop (`Authorization: Bearer ck_…`, made in its office) gives GET on /v1/office/transactions, /v1/office/days and the files of the lists transactions, ledger and days, 120 requests a minute, and nothing else. Refusals carry a `data.type`.',
    },
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer' },
        readOnlyKey: { type: 'http', scheme: 'bearer', bearerFormat: 'ck_…' },
        terminal: { type: 'apiKey', in: 'header', name: 'signature' },
      },
    },
  });
}
