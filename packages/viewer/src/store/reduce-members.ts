import type { Action } from './actions.ts';
import type { MembersState, ViewerState } from './state.ts';

type MembersAction = Extract<
  Action,
  { type: 'members-asked' | 'members-arrived' | 'members-failed' | 'members-outdated' }
>;

/** Members that filters offer. An answer to a search term that is no longer the one in the box is dropped. */
export function reduceMembers(state: ViewerState, action: MembersAction): ViewerState {
  if (action.type === 'members-outdated') {
    const kept = Object.entries(state.members).filter(([key]) => !action.keys.includes(key));
    return { ...state, members: Object.fromEntries(kept) };
  }
  const known = state.members[action.key];
  const set = (members: MembersState): ViewerState => ({
    ...state,
    members: { ...state.members, [action.key]: members },
  });
  if (action.type === 'members-asked') {
    const kept = action.again ? [] : (known?.members ?? []);
    return set({ status: 'loading', term: action.term, members: kept, more: false });
  }
  if (!known || known.term !== action.term) return state;
  if (action.type === 'members-failed')
    return set({ ...known, status: 'error', code: action.code });
  return set({
    status: 'ready',
    term: action.term,
    members: [...known.members, ...action.answer.members],
    more: action.answer.more,
  });
}
