// What the shop sells. Prices in whole cents, tax included.

const product = (sku, slug, category, minor, tint, de, en) => Object.freeze({ sku, slug, category, minor, tint, text: { de, en } });

export const CATEGORIES = ['living', 'kitchen', 'textile'];

export const PRODUCTS = Object.freeze([
  product('KL-107', 'foerde', 'living', 69000, 'moss',
    { name: 'Sessel Förde', line: 'Zum Sitzenbleiben', made: 'Gestell aus Eiche, Bezug aus Schurwolle. Gebaut in einer Polsterei mit sieben Leuten.', size: '78 × 82 × 88 cm' },
    { name: 'Förde armchair', line: 'For staying put', made: 'Oak frame, covered in new wool. Built in an upholstery shop of seven people.', size: '78 × 82 × 88 cm' }),
  product('KL-104', 'abend', 'living', 12900, 'dusk',
    { name: 'Leuchte Abend', line: 'Licht, das leise ist', made: 'Schirm aus gedrücktem Stahl, Fuß aus Esche. Dimmt bis fast nichts.', size: '34 cm hoch, Ø 30 cm' },
    { name: 'Abend lamp', line: 'Light that keeps quiet', made: 'Spun steel shade, ash foot. Dims to almost nothing.', size: '34 cm high, Ø 30 cm' }),
  product('KL-101', 'moor', 'textile', 8900, 'stone',
    { name: 'Wolldecke Moor', line: 'Grau wie Nebel im November', made: 'Schurwolle aus der Heide, gewebt auf Maschinen von 1961.', size: '140 × 200 cm, 1,1 kg' },
    { name: 'Moor blanket', line: 'Grey as November fog', made: 'Heath sheep wool, woven on looms from 1961.', size: '140 × 200 cm, 1.1 kg' }),
  product('KL-102', 'deern', 'kitchen', 4250, 'sea',
    { name: 'Teekanne Deern', line: 'Gießt, ohne zu tropfen', made: 'Steinzeug, Griff aus gebogener Esche. Für sechs Tassen.', size: '1,2 l' },
    { name: 'Deern teapot', line: 'Pours without a drip', made: 'Stoneware, handle of bent ash. Holds six cups.', size: '1.2 l' }),
  product('KL-103', 'klint', 'kitchen', 1600, 'clay',
    { name: 'Becher Klint', line: 'Liegt gut in der Hand', made: 'Steingut, von Hand glasiert. Jeder fällt etwas anders aus.', size: '0,3 l' },
    { name: 'Klint mug', line: 'Sits well in the hand', made: 'Stoneware, glazed by hand. Each comes out a little different.', size: '0.3 l' }),
  product('KL-108', 'steg', 'living', 16800, 'sand',
    { name: 'Hocker Steg', line: 'Sitz, Tritt, Nachttisch', made: 'Massive Eiche, geölt. Vier Beine, vier Keile, keine Schraube.', size: '45 cm hoch' },
    { name: 'Steg stool', line: 'Seat, step, bedside table', made: 'Solid oak, oiled. Four legs, four wedges, not one screw.', size: '45 cm high' }),
  product('KL-105', 'bucht', 'kitchen', 5800, 'sage',
    { name: 'Schale Bucht', line: 'Für Obst und Schlüssel', made: 'Nussbaum, aus einem Stück gedreht.', size: 'Ø 28 cm' },
    { name: 'Bucht bowl', line: 'For fruit and for keys', made: 'Walnut, turned from one piece.', size: 'Ø 28 cm' }),
  product('KL-106', 'duene', 'textile', 3900, 'linen',
    { name: 'Kissen Düne', line: 'Wird mit den Jahren weicher', made: 'Leinen aus Flandern, Füllung aus Schurwolle.', size: '50 × 50 cm' },
    { name: 'Düne cushion', line: 'Softer every year', made: 'Flemish linen, filled with new wool.', size: '50 × 50 cm' }),
  product('KL-109', 'halm', 'living', 3400, 'sage',
    { name: 'Vase Halm', line: 'Drei Zweige genügen', made: 'Porzellan, außen matt, innen glasiert.', size: '21 cm hoch' },
    { name: 'Halm vase', line: 'Three twigs are enough', made: 'Porcelain, matt outside, glazed inside.', size: '21 cm high' }),
]);

const bySku = new Map(PRODUCTS.map((item) => [item.sku, item]));
const bySlug = new Map(PRODUCTS.map((item) => [item.slug, item]));

export const productBySku = (sku) => bySku.get(sku) ?? null;
export const productBySlug = (slug) => bySlug.get(slug) ?? null;
