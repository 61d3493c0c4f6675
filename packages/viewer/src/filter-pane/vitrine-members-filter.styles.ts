import { css } from 'lit';

export const membersStyles = css`
  .search {
    position: relative;
    margin-bottom: 8px;
  }
  .search svg {
    position: absolute;
    top: 9px;
    inset-inline-start: 9px;
    color: var(--v-muted);
  }
  .search input.box {
    margin: 0;
    padding-inline-start: 32px;
  }
  .search input::-webkit-search-cancel-button {
    display: none;
  }
  .list {
    max-height: 236px;
    margin: 0 -8px;
    overflow: auto;
  }
  .option {
    display: flex;
    align-items: center;
    gap: 9px;
    min-height: 30px;
    padding: 3px 8px;
    border-radius: var(--v-radius-small);
    font-size: var(--v-small);
    cursor: pointer;
  }
  .option:hover {
    background: var(--v-hover);
  }
  .option span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .option .bone {
    width: 62%;
    height: 12px;
  }
  .option input {
    flex: none;
    width: 15px;
    height: 15px;
    margin: 0;
    accent-color: var(--v-accent);
  }
  .note {
    margin: 0;
    padding: 6px 8px;
    font-size: var(--v-tiny);
    color: var(--v-muted);
  }
  .under {
    align-items: center;
    font-size: var(--v-tiny);
  }
  .count {
    flex: 1;
    color: var(--v-muted);
  }
  @media (pointer: coarse) {
    .option {
      min-height: 40px;
    }
  }
`;
