import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    // Files share the modules they load, which saves a third of the time; so no test mocks a module.
    isolate: false,
    // One more than the two cores of the smallest machine: tests wait a third of their time.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', './tests/support/totals-reporter.ts'],
    env: { NODE_ENV: 'test', TIME_ZONE: 'Asia/Shanghai' },
  },
});
