import { expect, test } from 'vitest';
import { ConfigError } from '../../src/config.js';
import { requireLoopback } from '../../src/modules/demo/loopback.js';

test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('R6.1 the demo listens on %s', (host) => {
  expect(() => requireLoopback(host)).not.toThrow();
});

test.each(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example.com', 'example.com', '1270.0.0.1', ''])(
  'R6.1 the demo refuses to listen on "%s", and says so',
  (host) => {
    expect(() => requireLoopback(host)).toThrow(ConfigError);
    expect(() => requireLoopback(host)).toThrow(/for this machine alone.*127\.0\.0\.1/);
  },
);
