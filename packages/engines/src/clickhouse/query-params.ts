import type { SqlParam } from '@vitrine/jaql';

/** Values for the placeholders `p1`, `p2`, … of a statement; the server reads each as the type its placeholder names. */
export function queryParams(params: readonly SqlParam[]): Record<string, unknown> {
  return Object.fromEntries(params.map((param, index) => [`p${index + 1}`, valueOfParam(param)]));
}

/** Numbers in a list must not stand in quotes, and integers must stay exact. */
function valueOfParam(param: SqlParam): unknown {
  if (!('list' in param)) return param.value;
  return param.type === 'integer' ? param.list.map((value) => BigInt(value)) : param.list;
}
