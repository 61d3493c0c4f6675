import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { makeCachesSafe } from './safe-caches.ts';

type Module = Extract<Parameters<typeof use>[0], readonly unknown[]>[number];

/** Sets up the parts of ECharts that `chartOption` needs, and no more, with a renderer. May be called again. */
export function useEcharts(renderer: Module): void {
  makeCachesSafe();
  use([
    ...[LineChart, BarChart, PieChart, GridComponent, LegendComponent, AriaComponent, LabelLayout],
    renderer,
  ]);
}
