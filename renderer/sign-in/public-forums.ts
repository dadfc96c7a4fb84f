/**
 * Large public forums that run Discourse, to pick from. Data only: none of them is contacted until the user picks it,
 * and then it is inspected like an address that was typed.
 */
export const publicForums: readonly { readonly name: string; readonly address: string }[] = [
  { name: 'Discourse Meta', address: 'meta.discourse.org' },
  { name: 'Blender Artists', address: 'blenderartists.org' },
  { name: 'Docker', address: 'forums.docker.com' },
  { name: 'Elixir', address: 'elixirforum.com' },
  { name: 'Fedora', address: 'discussion.fedoraproject.org' },
  { name: 'freeCodeCamp', address: 'forum.freecodecamp.org' },
  { name: 'GitLab', address: 'forum.gitlab.com' },
  { name: 'GNOME', address: 'discourse.gnome.org' },
  { name: 'Grafana', address: 'community.grafana.com' },
  { name: 'Home Assistant', address: 'community.home-assistant.io' },
  { name: 'Hugging Face', address: 'discuss.huggingface.co' },
  { name: 'Julia', address: 'discourse.julialang.org' },
  { name: 'KDE', address: 'discuss.kde.org' },
  { name: 'Let’s Encrypt', address: 'community.letsencrypt.org' },
  { name: 'Mozilla', address: 'discourse.mozilla.org' },
  { name: 'NixOS', address: 'discourse.nixos.org' },
  { name: 'Obsidian', address: 'forum.obsidian.md' },
  { name: 'OpenStreetMap', address: 'community.openstreetmap.org' },
  { name: 'Python', address: 'discuss.python.org' },
  { name: 'PyTorch', address: 'discuss.pytorch.org' },
  { name: 'Rust', address: 'users.rust-lang.org' },
  { name: 'Swift', address: 'forums.swift.org' },
  { name: 'Ubuntu', address: 'discourse.ubuntu.com' },
]
