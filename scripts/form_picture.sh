#!/bin/sh
# Draws docs/images/form.png: a shipped example table as the official form, as LibreOffice prints it.
set -eu
table=corpus/tables/agriculture-01.json
for tool in soffice lowriter pdftoppm; do
    command -v "$tool" >/dev/null 2>&1 || { echo "缺少 $tool：先运行 make office-tools"; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/python -m assistant export "$table" --layout central_2021 --out "$work/form.docx"
soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$work" "$work/form.docx" >/dev/null 2>&1
mkdir -p docs/images
pdftoppm -png -r 80 -f 1 -l 1 -singlefile "$work/form.pdf" docs/images/form
echo "已写入 docs/images/form.png"
