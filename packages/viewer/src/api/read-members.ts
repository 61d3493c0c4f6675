import type { CellValue } from '@vitrine/charts';

/** One choice of a members filter. */
export interface Member {
  readonly data: CellValue;
  readonly text: string;
}

export interface MembersAnswer {
  readonly members: readonly Member[];
  /** True where the service has more than it sent. */
  readonly more: boolean;
}

/** Reads the members route's answer: `{members: [{data, text}], more}`; plain values stand for themselves. */
export function readMembers(value: unknown): MembersAnswer {
  const answer: object = typeof value === 'object' && value !== null ? value : {};
  const list = 'members' in answer && Array.isArray(answer.members) ? answer.members : [];
  const more =
    ('more' in answer && answer.more === true) ||
    ('truncated' in answer && answer.truncated === true);
  return { members: list.map(readMember), more };
}

function readMember(value: unknown): Member {
  if (typeof value === 'object' && value !== null && 'data' in value) {
    const data = cellValue(value.data);
    const text =
      'text' in value && typeof value.text === 'string' ? value.text : String(data ?? '');
    return { data, text };
  }
  const data = cellValue(value);
  return { data, text: String(data ?? '') };
}

function cellValue(value: unknown): CellValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : null;
}
