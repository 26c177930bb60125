#!/usr/bin/env bash
# Makes the two fonts beside this file out of the package @fontsource/be-vietnam-pro: what Vietnamese and English need, in one
# file for each weight, without instructions for screens of low resolution. Its figures have unequal widths and no tabular forms:
# here they all get one, so that columns align and numbers that move push nothing. Needs fontTools and brotli
# (`pip install fonttools brotli`).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=$here/../../../../node_modules/@fontsource/be-vietnam-pro/files
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
latin=U+0020-002F,U+003A-007E,U+00A0,U+00A7,U+00AB,U+00B0,U+00B1,U+00B7,U+00BB,U+00C0-00C3,U+00C8-00CA,U+00CC,U+00CD,U+00D2-00D5,U+00D7
latin+=,U+00D9,U+00DA,U+00DD,U+00E0-00E3,U+00E8-00EA,U+00EC,U+00ED,U+00F2-00F5,U+00F9,U+00FA,U+00FD,U+2010-2014,U+2018-201D
latin+=,U+2022,U+2026,U+2039,U+203A,U+2190-2193,U+2212,U+0300,U+0301,U+0303,U+0309,U+0323
vietnamese=U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0309,U+0323,U+1EA0-1EF9,U+20AB
figures=U+0030-0039
features=kern,mark,mkmk,ccmp,liga
# Of the size of the letters: a little less than the widest figure has of its own, so that the narrow 1 does not stand alone.
width=0.645
for weight in 400 600; do
  name=be-vietnam-pro
  pyftsubset "$package/$name-latin-$weight-normal.woff2" --unicodes="$latin" --no-hinting --notdef-outline \
    --layout-features=$features --output-file="$work/latin.ttf"
  pyftsubset "$package/$name-vietnamese-$weight-normal.woff2" --unicodes="$vietnamese" --no-hinting \
    --layout-features=$features --output-file="$work/vietnamese.ttf"
  pyftsubset "$package/$name-latin-$weight-normal.woff2" --unicodes="$figures" --no-hinting --layout-features= \
    --output-file="$work/figures.ttf"
  python3 - "$work/figures.ttf" "$width" <<'END'
import sys
from fontTools.ttLib import TTFont
path, width = sys.argv[1], float(sys.argv[2])
font = TTFont(path)
advance = round(width * font['head'].unitsPerEm)
for code, name in font.getBestCmap().items():
    own, left = font['hmtx'][name]
    moved = round((advance - own) / 2)
    font['glyf'][name].coordinates.translate((moved, 0))
    font['glyf'][name].recalcBounds(font['glyf'])
    font['hmtx'][name] = (advance, left + moved)
font.save(path)
END
  pyftmerge --output-file="$work/merged.ttf" "$work/latin.ttf" "$work/figures.ttf" "$work/vietnamese.ttf"
  pyftsubset "$work/merged.ttf" --unicodes='*' --layout-features='*' --name-IDs=0,1,2,4,6,13,14 --flavor=woff2 \
    --output-file="$here/$name-$weight.woff2"
done
