import './define.ts';
import { start } from './boot/start.ts';

const element = document.createElement('vitrine-viewer');
// This file is `<where the service is>/assets/viewer/….js`.
element.viewer = start(window, new URL('../..', import.meta.url).pathname.replace(/\/$/, ''));
document.body.append(element);
