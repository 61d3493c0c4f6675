import autocannon from 'autocannon';

/**
 * Answers per second of one run, up to its last answer: autocannon itself ends a run at the next full second. Throws where an
 * answer has another status.
 */
export async function answersPerSecond(
  options: autocannon.Options,
  status: 200 | 400 = 200,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const started = performance.now();
  let last = started;
  const run = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
  run.on('response', () => {
    last = performance.now();
  });
  const { requests, errors, statusCodeStats } = await promise;
  const expected = statusCodeStats?.[`${status}`]?.count ?? 0;
  if (expected !== requests.total || errors > 0) {
    throw new Error(`${requests.total - expected} answers of ${options.url} were not ${status}`);
  }
  return (requests.total * 1000) / (last - started);
}
