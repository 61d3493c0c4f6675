import type { CompileContext, CompiledQuery } from './compiled-query.ts';
import { planMembers } from './plan/plan-members.ts';
import { type PlannedQuery, planQuery } from './plan/plan-query.ts';
import type { JaqlQuery, MembersRequest } from './plan/query.ts';
import type { Dialect } from './sql/dialect.ts';
import { writePlan } from './sql/write-plan.ts';

/** A JAQL query as one SQL statement, with the rights inside. Throws `JaqlError` with any of its codes. */
export function compileQuery(query: JaqlQuery, context: CompileContext): CompiledQuery {
  return compilePlanned(planQuery(query, context), context.dialect);
}

/** The members that a filter offers as one SQL statement, with the rights inside. Throws `JaqlError`. */
export function compileMembers(request: MembersRequest, context: CompileContext): CompiledQuery {
  return compilePlanned(planMembers(request, context), context.dialect);
}

function compilePlanned({ plan, items, totals }: PlannedQuery, dialect: Dialect): CompiledQuery {
  const statements = totals.map(({ plan: ofTotals, ...total }) => {
    return { ...total, ...writePlan(ofTotals, dialect), limit: ofTotals.limit };
  });
  return {
    ...{ ...writePlan(plan, dialect), items, limit: plan.limit },
    ...(statements.length === 0 ? {} : { totals: statements }),
  };
}
