import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  readonly url: string;
  /** Messages that were accepted, headers and text, in the order in which they came. */
  readonly accepted: string[];
  /** Set to refuse what comes, with this sentence. */
  refusal: string | undefined;
  close(): Promise<void>;
}

/** A mail server on a free port of this machine that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const accepted: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (mailServer.refusal !== undefined) {
          done(new Error(mailServer.refusal));
          return;
        }
        accepted.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const mailServer: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    refusal: undefined,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return mailServer;
}
