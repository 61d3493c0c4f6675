import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startHost } from './start-host.ts';
import { startService } from './start-service.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    serviceUrl: string;
    hostUrl: string;
    adminToken: string;
    /** File with everything that the service has printed, brought up to date once a second and at the end. */
    logFile: string;
    referersFile: string;
  }
}

/** One service with the demo content and one host page, shared by all end-to-end tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const service = await startService({ compiled: true });
  const host = await startHost(() => service.url);
  const logFile = join(service.stateDir, 'output.log');
  const referersFile = join(service.stateDir, 'referers.json');
  const write = () => {
    writeFileSync(logFile, service.output());
    writeFileSync(referersFile, JSON.stringify(host.referers));
  };
  write();
  const timer = setInterval(write, 100);

  project.provide('serviceUrl', service.url);
  project.provide('hostUrl', host.url);
  project.provide('adminToken', service.adminToken);
  project.provide('logFile', logFile);
  project.provide('referersFile', referersFile);
  return async () => {
    clearInterval(timer);
    await host.stop();
    await service.stop();
  };
}
