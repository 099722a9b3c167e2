import type { OptionSpecs } from './command.ts';
import { integerFrom } from './option-value.ts';

export const defaultAddress = { host: '127.0.0.1', port: 8080 } as const;

export const addressOptions = {
  port: { type: 'string', value: 'PORT', help: `where the course listens (default: ${defaultAddress.port})` },
  host: {
    type: 'string',
    value: 'ADDRESS',
    help: `on which address (default: ${defaultAddress.host}, this computer only; 0.0.0.0 is all)`,
  },
} as const satisfies OptionSpecs;

export function addressFrom(values: { host: string | undefined; port: string | undefined }): {
  host: string;
  port: number;
} {
  const port =
    values.port === undefined
      ? defaultAddress.port
      : integerFrom('--port', values.port, { min: 1, max: 65_535 });
  return { host: values.host ?? defaultAddress.host, port };
}
