import LRU from 'zrender/lib/core/LRU.js';

let isSafe = false;

/**
 * Lets no text reach `Object.prototype` through a cache of ECharts (B-4). zrender 6.1 keeps the widths of texts in plain objects:
 * for a member named `__proto__` it finds the prototype, takes it for an entry and links it into its list, whereupon every
 * object has `prev` and `next`. With a character before it no key is a name that objects have.
 */
export function makeCachesSafe(): void {
  if (isSafe) return;
  isSafe = true;
  const { get, put } = LRU.prototype;
  LRU.prototype.get = function (key) {
    return get.call(this, `=${key}`);
  };
  LRU.prototype.put = function (key, value) {
    return put.call(this, `=${key}`, value);
  };
}
