export {
  type ChartEvents,
  type ChartHandle,
  type ChartPlace,
  createChart,
} from './dom/create-chart.ts';
