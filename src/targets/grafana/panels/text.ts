import type { PanelBody } from '../../../formats/grafana.ts';
import type { Panel } from '../../../model/types.ts';
import type { Origin } from '../../../source/document.ts';
import { authoredSize, PLUGIN_VERSION, type Size, type Tile } from '../view.ts';

type TextPanel = Extract<Panel, { readonly shows: 'text' }>;

const SIZE: Size = { width: 12, height: 5 };

interface TextFrame {
  readonly title?: string;
  readonly description?: string;
}

/** Markdown, as it is. */
function textBody({ title, description }: TextFrame, markdown: string): PanelBody {
  return {
    type: 'text',
    title: title ?? '',
    description: description ?? '',
    transparent: false,
    pluginVersion: PLUGIN_VERSION,
    fieldConfig: {
      defaults: {
        custom: {},
        color: { mode: 'thresholds' },
        mappings: [],
        thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }] },
      },
      overrides: [],
    },
    options: {
      mode: 'markdown',
      content: markdown,
      code: { language: 'plaintext', showLineNumbers: false, showMiniMap: false },
    },
    links: [],
  };
}

/** A tile of Markdown. */
export function textTile(frame: TextFrame, markdown: string, origin: Origin, size: Partial<Size> = {}): Tile {
  return {
    body: textBody(frame, markdown),
    size: { ...SIZE, ...size },
    fixed: { width: size.width !== undefined, height: size.height !== undefined },
    origin,
  };
}

/** An author's own words. */
export function markdownTile(panel: TextPanel): Tile {
  return textTile(panel, panel.markdown, panel.origin, authoredSize(panel));
}
