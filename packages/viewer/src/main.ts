import './define.ts';
import { start } from './boot/start.ts';

const element = document.createElement('vitrine-viewer');
element.viewer = start(window);
document.body.append(element);
