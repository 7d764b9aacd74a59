#!/bin/sh
# Installs LibreOffice for the rendering tests where that is possible, else says in one line what is missing.
command -v localc >/dev/null 2>&1 && command -v lowriter >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 LibreOffice（渲染测试用）…"
    if apt-get update -qq >/dev/null 2>&1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc libreoffice-writer poppler-utils fonts-noto-cjk >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "未安装 LibreOffice（soffice）：渲染测试将跳过；Debian/Ubuntu 可运行 apt-get install libreoffice-calc libreoffice-writer poppler-utils fonts-noto-cjk"
exit 0
