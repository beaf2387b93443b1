import type { Status } from '../../model/result.js';

/** A status as a picture of 16 by 16: a shape of its own beside the colour, and the mark in it. Each is the data of an SVG path. */
export interface Icon {
  shape: string;
  mark: string;
}

export const STATUS_ICONS: Record<Status, Icon> = {
  passed: { shape: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z', mark: 'M4.8 8.3l2.2 2.2 4.3-4.6' },
  failed: {
    shape: 'M3 1.5h10A1.5 1.5 0 0 1 14.5 3v10a1.5 1.5 0 0 1-1.5 1.5H3A1.5 1.5 0 0 1 1.5 13V3A1.5 1.5 0 0 1 3 1.5z',
    mark: 'M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4',
  },
  inconclusive: { shape: 'M8 .4L15.6 8 8 15.6.4 8z', mark: 'M5.9 6.5a2.1 2.1 0 1 1 3.2 1.8C8.3 8.8 8 9.1 8 9.9M8 12v.1' },
  error: { shape: 'M8 1l7.4 13.4H.6z', mark: 'M8 5.8v4M8 12v.4' },
};
