import { resolve } from 'node:path';
import { z } from 'zod';

const wholeNumber = (fallback: number, minimum: number, maximum: number) =>
  z.coerce.number().int().min(minimum).max(maximum).default(fallback);

const optionalUrl = z.url().optional();

const Environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  PORT: wholeNumber(3000, 0, 65535),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: optionalUrl,
  DATABASE_OWNER_URL: optionalUrl,
  DATABASE_REPLICA_URL: optionalUrl,
  DATABASE_POOL_SIZE: wholeNumber(10, 2, 100),
  BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUST_PROXY: wholeNumber(0, 0, 5),
  KEY_FILE: z.string().min(1).optional(),
  SMTP_URL: optionalUrl,
  MAIL_FROM: z.string().min(3).default('Service CRM <crm@localhost>'),
  WEB_CONCURRENCY: wholeNumber(1, 1, 64),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  PASSWORD_COST: wholeNumber(12, 4, 16),
});

export interface Config {
  readonly environment: 'production' | 'development' | 'test';
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly databaseUrl: string | undefined;
  readonly databaseOwnerUrl: string | undefined;
  readonly databaseReplicaUrl: string | undefined;
  /** Connections of one process for pages; sessions and jobs have small pools of their own. */
  readonly databasePoolSize: number;
  /** The address in links that leave the product; never taken from a request's Host header. */
  readonly baseUrl: string;
  /** Number of proxies in front whose X-Forwarded-For is believed; 0 believes none. */
  readonly trustProxy: number;
  readonly keyFile: string;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly webConcurrency: number;
  readonly logLevel: string;
  /** bcrypt's cost, 4 to 16. */
  readonly passwordCost: number;
}

/** A setting of the environment that cannot be used, in words for whoever starts the product. */
export class ConfigError extends Error {}

/**
 * Reads the configuration from environment variables (`.env.example` lists them all). Empty values count as absent.
 * @throws ConfigError naming each variable that cannot be used.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = Environment.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`These settings cannot be used:\n${lines.join('\n')}`);
  }
  const env = result.data;
  const dataDirectory = resolve(env.DATA_DIR);
  return {
    environment: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    dataDirectory,
    databaseUrl: env.DATABASE_URL,
    databaseOwnerUrl: env.DATABASE_OWNER_URL ?? env.DATABASE_URL,
    databaseReplicaUrl: env.DATABASE_REPLICA_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    baseUrl: (env.BASE_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/+$/, ''),
    trustProxy: env.TRUST_PROXY,
    keyFile: env.KEY_FILE ?? resolve(dataDirectory, 'keys.json'),
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    webConcurrency: env.WEB_CONCURRENCY,
    logLevel: env.LOG_LEVEL,
    passwordCost: env.PASSWORD_COST,
  };
}
