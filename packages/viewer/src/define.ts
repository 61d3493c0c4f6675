import { VitrineChips } from './app/vitrine-chips.ts';
import { VitrineDashboard } from './app/vitrine-dashboard.ts';
import { VitrineExportMenu } from './app/vitrine-export-menu.ts';
import { VitrineFailure } from './app/vitrine-failure.ts';
import { VitrineHeader } from './app/vitrine-header.ts';
import { VitrineNav } from './app/vitrine-nav.ts';
import { VitrineViewer } from './app/vitrine-viewer.ts';
import { VitrineDateFilter } from './filter-pane/vitrine-date-filter.ts';
import { VitrineFilter } from './filter-pane/vitrine-filter.ts';
import { VitrineFilterPane } from './filter-pane/vitrine-filter-pane.ts';
import { VitrineMembersFilter } from './filter-pane/vitrine-members-filter.ts';
import { VitrineRangeFilter } from './filter-pane/vitrine-range-filter.ts';
import { VitrineChart } from './widgets/vitrine-chart.ts';
import { VitrineIndicator } from './widgets/vitrine-indicator.ts';
import { VitrineRichtext } from './widgets/vitrine-richtext.ts';
import { VitrineTable } from './widgets/vitrine-table.ts';
import { VitrineTooltip } from './widgets/vitrine-tooltip.ts';
import { VitrineWidget } from './widgets/vitrine-widget.ts';

const elements = {
  'vitrine-viewer': VitrineViewer,
  'vitrine-header': VitrineHeader,
  'vitrine-nav': VitrineNav,
  'vitrine-chips': VitrineChips,
  'vitrine-dashboard': VitrineDashboard,
  'vitrine-failure': VitrineFailure,
  'vitrine-export-menu': VitrineExportMenu,
  'vitrine-filter-pane': VitrineFilterPane,
  'vitrine-filter': VitrineFilter,
  'vitrine-members-filter': VitrineMembersFilter,
  'vitrine-range-filter': VitrineRangeFilter,
  'vitrine-date-filter': VitrineDateFilter,
  'vitrine-widget': VitrineWidget,
  'vitrine-indicator': VitrineIndicator,
  'vitrine-chart': VitrineChart,
  'vitrine-table': VitrineTable,
  'vitrine-richtext': VitrineRichtext,
  'vitrine-tooltip': VitrineTooltip,
} as const;

for (const [name, element] of Object.entries(elements)) customElements.define(name, element);

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-viewer': VitrineViewer;
    'vitrine-header': VitrineHeader;
  }
}
