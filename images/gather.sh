#!/bin/sh
# Installs what the named packages need to run, and puts it with their sources under the target folder, as it lies in the repository.
# Node strips no types below node_modules, so a workspace package stays what it is here, a link to its folder; `pnpm deploy` would copy it there.
# Usage: gather.sh TARGET PACKAGE...
set -eu

target=$1
shift

selected=''
for package in "$@"; do
  selected="$selected --filter-prod=@todo-chatbot/$package..."
done

# Splitting the list into its words is what is meant here, and below: no path of ours has a space.
# shellcheck disable=SC2086
CI=true pnpm install --prod --frozen-lockfile --ignore-scripts $selected
# shellcheck disable=SC2086
folders=$(pnpm $selected list --depth -1 --parseable)

mkdir -p "$target"
# shellcheck disable=SC2046,SC2086
cp --archive --parents --target-directory="$target" package.json node_modules $(printf '%s\n' $folders | sed "s|^$PWD/||")
