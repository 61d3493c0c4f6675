import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

/** CSS properties by name; null takes one away. */
export type CssPropertyValues = Readonly<Record<string, string | number | null>>;

class CssPropertiesDirective extends Directive {
  #last: CssPropertyValues = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('cssProperties stands on an element.');
  }

  override update({ element }: ElementPart, [values]: [CssPropertyValues]): typeof noChange {
    const { style } = element as HTMLElement | SVGElement;
    for (const name of Object.keys(this.#last)) {
      if (!(name in values)) style.removeProperty(name);
    }
    for (const [name, value] of Object.entries(values)) {
      if (value === this.#last[name]) continue;
      if (value === null) style.removeProperty(name);
      else style.setProperty(name, String(value));
    }
    this.#last = values;
    return noChange;
  }

  render(_values: CssPropertyValues): typeof noChange {
    return noChange;
  }
}

/** Sets CSS properties through the object model. `styleMap` writes a style attribute first, which the page's policy forbids. */
export const cssProperties = directive(CssPropertiesDirective);
