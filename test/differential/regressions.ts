import type { AclRule } from '@vitrine/claims';
import type { Case } from './arbitrary-query.ts';

/** A case that once gave different answers. */
export interface Regression {
  readonly why: string;
  readonly rules: readonly AclRule[];
  readonly asked: Case;
}

const written: readonly (Omit<Regression, 'asked'> & { readonly asked: string })[] = [
  {
    why: 'an internal error of DuckDB 1.5.6',
    rules: [
      {
        ...{ dataSourceTitle: 'Star', table: 'product', column: 'word' },
        ...{ members: ['ash'], exclusionary: true },
      },
    ],
    asked:
      '{"query":{"metadata":[{"jaql":{"dim":"[sales.price]","agg":"sum"}},{"jaql":{"dim":"[sales.word]","filter":{"and":[{"doesntEqual":"Ash "},{"doesntContain":"🦉"}]}},"panel":"scope","instanceid":"f0"},{"jaql":{"dim":"[brand.day]","filter":{"from":"2020-01-01T00:00:00"}},"panel":"scope","instanceid":"f1"},{"jaql":{"dim":"[customer.word]","filter":{"and":[{"or":[{"members":["Ash","ash","E_m","Fir\'s","İs","ΣΑΣ","日本","🦉","back\\\\slash"]},{"doesntEndWith":"(null)"},{"contains":"ash"}]}],"filter":{"exclude":{"exclude":{"contains":"a"}}}}},"panel":"scope","instanceid":"f2"}],"filterRelations":{"operator":"AND","left":{"instanceid":"f0"},"right":{"operator":"OR","left":{"instanceid":"f1"},"right":{"instanceid":"f0"}}}},"filters":[{"jaql":{"dim":"[sales.word]","filter":{"exclude":{"or":[{"members":["ash","Birch","","Dog%","(null)","Fir\'s","🦉","back\\\\slash"],"filter":{"turnedOff":true,"exclude":{"members":["Ash","ash","Birch","Cedar","Dog%","E_m","(null)","Fir\'s","Ash ","İs","ΣΑΣ","🦉"]}}},{"contains":"Ash"}]}}},"instanceid":"f0"},{"jaql":{"dim":"[brand.day]","level":"years","firstday":"mon","filter":{"top":1,"by":{"dim":"[sales.price]","agg":"sum"}}},"instanceid":"f1"},{"jaql":{"dim":"[sales.word]","filter":{"all":true}},"disabled":true,"instanceid":"f2"}],"filterRelations":{"instanceid":"f0"}}',
  },
  {
    why: 'a parameter that stood nowhere in the statement',
    rules: [
      {
        dataSourceTitle: 'Star',
        table: 'sales',
        column: 'word',
        members: ['Ash'],
        exclusionary: true,
      },
    ],
    asked:
      '{"query":{"metadata":[{"jaql":{"formula":"PASTMONTH([m], 2)","context":{"m":{"dim":"[sales.price]","agg":"sum"}}}}]},"filters":[{"jaql":{"dim":"[sales.day]","level":"years","filter":{"exclude":{"all":true}}}}]}',
  },
  {
    why: 'columns that ClickHouse took for the new names before them',
    rules: [
      {
        ...{ dataSourceTitle: 'Star', table: 'brand', column: 'size' },
        ...{ members: [2, 8], exclusionary: true },
      },
    ],
    asked:
      '{"query":{"metadata":[{"jaql":{"dim":"[product.day]","level":"years"}},{"jaql":{"dim":"[sales.price]","agg":"sum"}},{"jaql":{"dim":"[returned.price]","agg":"sum"}},{"jaql":{"formula":"GROWTH([a]) - [b]","context":{"a":{"dim":"[sales.price]","agg":"sum"},"b":{"dim":"[returned.price]","agg":"sum"}},"filter":{"top":3}}},{"jaql":{"dim":"[sales.word]","filter":{"exclude":{"contains":"Ash"}}},"panel":"scope"},{"jaql":{"dim":"[product.day]","level":"years","firstday":"mon","filter":{"exclude":{"and":[{"members":["2020-07-01","2020-10-25","2020-11-01","2021-01-03","2021-03-14","2019-12-30T00:00:00","2020-01-01T00:00:00","2020-03-29T02:30:00","2020-07-01T00:00:00","2020-10-25T02:30:00","2021-01-03T23:00:00","2021-03-14T00:00:00"]}]}}},"panel":"scope"}]},"filters":[]}',
  },
];

export const regressions: readonly Regression[] = written.map(({ asked, ...more }) => ({
  ...more,
  asked: JSON.parse(asked) as Case,
}));
