import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';

/** The parts of ECharts that `chartOption` needs, and no more; a renderer comes on top. */
export const echartsModules = [
  LineChart,
  BarChart,
  PieChart,
  GridComponent,
  LegendComponent,
  AriaComponent,
  LabelLayout,
];
