# setup.sh: installs what is missing, and builds. Sourced by app/run, tests/run and tests/fuzz/run, which set $root to the
# project's folder.
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh

build=$root/build
setup_options=

# What building and running needs: a probe, and the package that satisfies it by package manager.
#   command NAME      a program in the path
#   module NAME …     what pkg-config knows, with its least version
#   compiler          a C compiler with the C library's headers
#   package           nothing to call: the package manager is asked
# Tried: apt on Debian 12 and 13. The names for dnf (Fedora), pacman (Arch), zypper (openSUSE) and brew (Homebrew) are untried.
# A dash: there is nothing to install.
build_requirements='
probe                         | apt                | dnf                   | pacman             | zypper                 | brew
compiler                      | gcc libc6-dev      | gcc glibc-devel       | gcc                | gcc glibc-devel        | -
command pkg-config            | pkg-config         | pkgconf-pkg-config    | pkgconf            | pkg-config             | pkgconf
command meson                 | meson              | meson                 | meson              | meson                  | meson
command ninja                 | ninja-build        | ninja-build           | ninja              | ninja                  | ninja
command msgfmt                | gettext            | gettext               | gettext            | gettext-tools          | gettext
command glib-compile-resources| libglib2.0-dev-bin | glib2-devel           | glib2-devel        | glib2-devel            | glib
command xmllint               | libxml2-utils      | libxml2               | libxml2            | libxml2-tools          | libxml2
command update-desktop-database| desktop-file-utils | desktop-file-utils    | desktop-file-utils | desktop-file-utils     | desktop-file-utils
command update-mime-database  | shared-mime-info   | shared-mime-info      | shared-mime-info   | shared-mime-info       | shared-mime-info
module gtk4 >= 4.8            | libgtk-4-dev       | gtk4-devel            | gtk4               | gtk4-devel             | gtk4
module libadwaita-1 >= 1.2    | libadwaita-1-dev   | libadwaita-devel      | libadwaita         | libadwaita-devel       | libadwaita
module gtksourceview-5 >= 5.6 | libgtksourceview-5-dev | gtksourceview5-devel | gtksourceview5   | gtksourceview5-devel   | gtksourceview5
package                       | libgif-dev         | giflib-devel          | giflib             | giflib-devel           | giflib
package                       | libsleef-dev       | sleef-devel           | sleef              | sleef-devel            | sleef
package                       | librsvg2-common    | librsvg2              | librsvg            | gdk-pixbuf-loader-rsvg | librsvg
package                       | adwaita-icon-theme | adwaita-icon-theme    | adwaita-icon-theme | adwaita-icon-theme     | adwaita-icon-theme
package                       | fonts-dejavu-core  | dejavu-sans-fonts     | ttf-dejavu         | dejavu-fonts           | -
'

# What the tests need besides.
test_requirements='
probe                         | apt                | dnf                   | pacman             | zypper                 | brew
command xvfb-run              | xvfb               | xorg-x11-server-Xvfb  | xorg-server-xvfb   | xvfb-run               | -
command xauth                 | xauth              | xorg-x11-xauth        | xorg-xauth         | xauth                  | -
command dbus-daemon           | dbus-daemon        | dbus-daemon           | dbus               | dbus-1-daemon          | dbus
command xdotool               | xdotool            | xdotool               | xdotool            | xdotool                | -
command rsvg-convert          | librsvg2-bin       | librsvg2-tools        | librsvg            | rsvg-convert           | librsvg
command pdftotext             | poppler-utils      | poppler-utils         | poppler            | poppler-tools          | poppler
command appstreamcli          | appstream          | appstream             | appstream          | AppStream              | -
command groff                 | groff-base         | groff-base            | groff              | groff                  | groff
package                       | at-spi2-core       | at-spi2-core          | at-spi2-core       | at-spi2-core           | -
package                       | python3-pyatspi    | python3-pyatspi       | python-atspi       | python3-atspi          | -
package                       | locales            | glibc-locale-source   | glibc              | glibc-i18ndata         | -
package                       | fonts-wqy-microhei | wqy-microhei-fonts    | wqy-microhei       | wqy-microhei-fonts     | -
'

# What the tests with OpenGL need besides.
gl_requirements='
probe                         | apt                | dnf                   | pacman             | zypper                 | brew
package                       | libgl1-mesa-dri    | mesa-dri-drivers      | mesa               | Mesa-dri               | -
package                       | libegl-mesa0       | mesa-libEGL           | mesa               | Mesa-libEGL1           | -
package                       | libglx-mesa0       | mesa-libGL            | mesa               | Mesa-libGL1            | -
'

# What the fuzzers need besides what building does, and the tests under valgrind besides what the tests do.
fuzz_requirements='
probe                         | apt                | dnf                   | pacman             | zypper                 | brew
command clang                 | clang              | clang                 | clang              | clang                  | llvm
package                       | libclang-rt-dev    | compiler-rt           | compiler-rt        | clang                  | -
'
valgrind_requirements='
probe                         | apt                | dnf                   | pacman             | zypper                 | brew
command valgrind              | valgrind           | valgrind              | valgrind           | valgrind               | -
'

say () {
  printf '%s\n' "$*" >&2
}

fail () {
  say "$*"
  exit 1
}

# The column of the requirements that is this system's package manager; empty when none is known.
find_manager () {
  for manager in apt dnf pacman zypper brew; do
    command -v "$manager" >/dev/null 2>&1 && return
  done
  manager=
}

# package_installed NAME: asks the manager's own records.
package_installed () {
  case $manager in
    apt)        dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^.i' ;;
    dnf|zypper) rpm -q --whatprovides "$1" >/dev/null 2>&1 ;;
    pacman)     pacman -T "$1" >/dev/null 2>&1 ;;
    brew)       [ -e "$(brew --prefix)/opt/$1" ] ;;
    *)          true ;;
  esac
}

compiler_works () {
  command -v "${CC:-cc}" >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || return
  [ -e /usr/include/stdio.h ] || [ "$(uname)" = Darwin ]
}

# satisfied PROBE PACKAGES
satisfied () {
  case $1 in
    compiler)    compiler_works ;;
    'command '*) command -v "${1#command }" >/dev/null 2>&1 ;;
    'module '*)  pkg-config --exists "${1#module }" 2>/dev/null ;;
    package)     [ "$2" = - ] || package_installed "$2" ;;
  esac
}

# find_missing REQUIREMENTS: sets missing_probes (one a line) and missing_packages.
find_missing () {
  missing_probes='' missing_packages=''
  while IFS='|' read -r probe apt dnf pacman zypper brew; do
    case $manager in
      apt) packages=$apt ;; dnf) packages=$dnf ;; pacman) packages=$pacman ;;
      zypper) packages=$zypper ;; brew) packages=$brew ;; *) packages=- ;;
    esac
    # Unquoted, so that the blanks around the columns go.
    set -- $probe && probe="$*"
    set -- $packages && packages="$*"
    case $probe in ''|probe) continue ;; esac
    satisfied "$probe" "$packages" && continue
    case $probe in
      compiler) name='a C compiler with the headers of the C library' ;;
      package)  name=$packages ;;
      *)        name=${probe#* } ;;
    esac
    missing_probes="$missing_probes
  $name"
    [ "$packages" = - ] || missing_packages="$missing_packages $packages"
  done <<END
$1
END
}

# install_command PACKAGES: what a person would type.
install_command () {
  case $manager in
    apt)    echo "apt-get install -y --no-install-recommends $*" ;;
    dnf)    echo "dnf install -y $*" ;;
    pacman) echo "pacman -Sy --needed --noconfirm $*" ;;
    zypper) echo "zypper --non-interactive install --no-recommends $*" ;;
    brew)   echo "brew install $*" ;;
  esac
}

# as_root COMMAND…: Homebrew refuses root, the others need it.
as_root () {
  if [ "$manager" = brew ] || [ "$(id -u)" -eq 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

can_be_root () {
  [ "$manager" = brew ] || [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null 2>&1
}

install_missing () {
  command=$(install_command $missing_packages)
  can_be_root || fail "These packages are missing. Install them as root, then start again:
  $command"
  say "Installing what is missing (once, a minute or two):$missing_packages"
  log=$(mktemp)
  # A source of packages that is out of order need not be the one that is needed.
  [ "$manager" != apt ] || as_root apt-get update >"$log" 2>&1 </dev/null || true
  if as_root $command >>"$log" 2>&1 </dev/null; then
    rm -f "$log"
  else
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "Installing failed, see above. To try by hand, as root:
  $command"
  fi
}

# require REQUIREMENTS: installs what of them is missing; does nothing when all is there.
require () {
  find_manager
  find_missing "$1"
  [ -n "$missing_probes" ] || return 0
  [ -z "$missing_packages" ] || install_missing
  find_missing "$1"
  [ -z "$missing_probes" ] || fail "These are missing, and no package here is known to have them:$missing_probes"
}

# What the build folder belongs to: this folder, this meson. Absolute paths are in it, and only its own meson reads it.
record=$build/set-up-for

# use_build FOLDER OPTIONS…: builds there instead, set up with these options of "meson setup".
use_build () {
  build=$1
  record=$build/set-up-for
  shift
  setup_options=$*
}

set_up () {
  if [ -e "$build" ]; then
    [ -d "$build/meson-private" ] || [ -d "$build/meson-logs" ] || [ -z "$(ls -A "$build")" ] ||
      fail "$build is in the way and was not made by meson; move it."
    rm -rf "$build"
  fi
  say 'Setting up the build…'
  log=$(mktemp)
  meson setup $setup_options "$build" "$root" >"$log" 2>&1 </dev/null || { cat "$log" >&2; rm -f "$log"; fail 'Setting up failed, see above.'; }
  rm -f "$log"
  printf '%s\n%s\n' "$root" "$(meson --version)" >"$record"
}

compile () {
  if [ -t 2 ]; then
    ninja -C "$build" "$1" >&2
  else
    ninja -C "$build" --quiet "$1" >&2
  fi
}

# build_target NAME: builds what of it is not up to date; from the beginning when the folder was moved or belongs to
# another meson.
build_target () {
  [ -f "$build/build.ninja" ] && [ "$(head -n 1 "$record" 2>/dev/null)" = "$root" ] || set_up
  case $(ninja -C "$build" -n "$1" 2>&1) in *'no work to do'*) return ;; esac
  say 'Building…'
  compile "$1" && return
  [ "$(tail -n 1 "$record")" != "$(meson --version)" ] || fail 'Building failed, see above.'
  set_up
  compile "$1" || fail 'Building failed, see above.'
}
