import emojilib from 'emojilib' with { type: 'json' }
import { gemoji } from 'gemoji'

// Discourse's emoji names are GitHub's in older versions and Unicode's in newer ones, plus aliases from an older emoji
// set; a title contains whichever its forum used. The two packages cover the first two.

/** Discourse's names that neither package has, by a name of the same emoji that one of them has. */
const others: Readonly<Record<string, string>> = {
  slightly_smiling_face: 'slight_smile slightly_smiling',
  slightly_frowning_face: 'slight_frown',
  upside_down_face: 'upside_down',
  roll_eyes: 'rolling_eyes',
  hugs: 'hugging smiling_face_with_open_hands',
  money_mouth_face: 'money_mouth',
  nerd_face: 'nerd',
  frowning_face: 'frowning2 white_frowning_face',
  zipper_mouth_face: 'zipper_mouth',
  face_with_head_bandage: 'head_bandage',
  face_with_thermometer: 'thermometer_face',
  vomiting_face: 'puke',
  zany_face: 'crazy_face',
  rage: 'enraged_face',
  robot: 'robot_face',
  poop: 'poo',
  lion: 'lion_face',
  unicorn: 'unicorn_face',
  dove: 'dove_of_peace',
  raised_hand_with_fingers_splayed: 'hand_splayed',
  vulcan_salute: 'vulcan',
  detective: 'spy',
  weight_lifting: 'lifter weight_lifter',
  golfing: 'golfer',
  medal_sports: 'medal',
  ping_pong: 'table_tennis',
  ice_hockey: 'hockey',
  bow_and_arrow: 'archery',
  racing_car: 'race_car',
  passenger_ship: 'cruise_ship',
  motor_boat: 'motorboat',
  railway_track: 'railroad_track',
  small_airplane: 'airplane_small',
  desert_island: 'island',
  houses: 'homes',
  derelict_house: 'house_abandoned',
  building_construction: 'construction_site',
  national_park: 'park',
  world_map: 'map',
  artificial_satellite: 'satellite_orbital',
  sun_behind_large_cloud: 'white_sun_cloud',
  sun_behind_rain_cloud: 'white_sun_rain_cloud',
  sun_behind_small_cloud: 'white_sun_small_cloud',
  cloud_with_lightning: 'cloud_lightning',
  cloud_with_lightning_and_rain: 'thunder_cloud_rain thunder_cloud_and_rain',
  cloud_with_rain: 'cloud_rain',
  cloud_with_snow: 'cloud_snow',
  tornado: 'cloud_tornado cloud_with_tornado',
  open_umbrella: 'umbrella2',
  snowman_with_snow: 'snowman2',
  desktop_computer: 'desktop',
  computer_mouse: 'mouse_three_button three_button_mouse',
  card_index_dividers: 'dividers',
  card_file_box: 'card_box',
  spiral_calendar: 'calendar_spiral',
  spiral_notepad: 'notepad_spiral',
  newspaper_roll: 'newspaper2',
  framed_picture: 'frame_photo',
  fountain_pen: 'pen_fountain',
  pen: 'pen_ballpoint',
  hammer_and_pick: 'hammer_pick',
  hammer_and_wrench: 'tools',
  dagger: 'dagger_knife',
  clamp: 'compression',
  balance_scale: 'scales',
  mantelpiece_clock: 'clock',
  timer_clock: 'timer',
  old_key: 'key2',
  oil_drum: 'oil',
  bellhop_bell: 'bellhop',
  couch_and_lamp: 'couch',
  plate_with_cutlery: 'fork_knife_plate',
  film_projector: 'projector',
  studio_microphone: 'microphone2',
  x_ray: 'xray',
  dart: 'bullseye',
  gun: 'water_pistol',
  black_flag: 'flag_black',
  white_flag: 'flag_white',
  atom_symbol: 'atom',
  peace_symbol: 'peace',
  latin_cross: 'cross',
  radioactive: 'radioactive_sign',
  biohazard: 'biohazard_sign',
  skull_and_crossbones: 'skull_crossbones',
  right_anger_bubble: 'anger_right',
  hash: 'keycap_# keycap_hash',
  asterisk: 'keycap_* keycap_asterisk keycap_star',
  keycap_ten: 'ten',
  pause_button: 'double_vertical_bar',
  next_track_button: 'track_next next_track',
  previous_track_button: 'track_previous previous_track',
  play_or_pause_button: 'play_pause',
  heavy_plus_sign: 'plus',
  heavy_minus_sign: 'minus',
  heavy_multiplication_x: 'multiply',
  heavy_division_sign: 'divide',
  question: 'red_question_mark',
  exclamation: 'red_exclamation_mark',
  cn: 'china flag_cn',
  de: 'germany flag_de',
  es: 'spain flag_es',
  fr: 'france flag_fr',
  gb: 'united_kingdom flag_gb',
  it: 'italy flag_it',
  jp: 'flag_jp',
  kr: 'south_korea flag_kr',
  ru: 'russia flag_ru',
  us: 'united_states flag_us',
  czech_republic: 'czechia',
  tr: 'turkiye',
  macedonia: 'north_macedonia',
  swaziland: 'eswatini',
  myanmar: 'myanmar_burma',
}

/**
 * The names of the emoji that titles use, by emoji, separated by spaces. A name belongs to one emoji: GitHub's, where
 * the packages differ.
 * @throws Error when a key of `others` is in neither package
 */
export const emojiNames = (): Record<string, string> => {
  const byName = new Map<string, string>()
  const own = new Map<string, string>()
  for (const { emoji, names } of gemoji) {
    own.set(withoutSelectors(emoji), emoji)
    for (const name of names) byName.set(name, emoji)
  }
  for (const [emoji, [unicodeName]] of Object.entries(emojilib)) {
    const name = unicodeName?.toLowerCase().replace(/[^\p{L}\d]+/gu, '_')
    // Flags are named after their country.
    if (name !== undefined && !name.startsWith('flag_') && !byName.has(name))
      byName.set(name, own.get(withoutSelectors(emoji)) ?? emoji)
  }
  for (const [known, names] of Object.entries(others)) {
    const emoji = byName.get(known)
    if (emoji === undefined) throw new Error(`No package knows :${known}:.`)
    for (const name of names.split(' ')) byName.set(name, emoji)
  }
  const names: Record<string, string> = {}
  for (const [name, emoji] of byName) {
    if (!isOfMenOrWomen(emoji)) names[emoji] = emoji in names ? `${names[emoji]} ${name}` : name
  }
  return names
}

/** Couples, families, occupations by gender: a tenth of the table, and hardly ever in a title. */
const isOfMenOrWomen = (emoji: string): boolean => /^[👨👩].*\u200d|\u200d[♀♂]/u.test(emoji)

/** The packages differ in where they put the variation selector for the coloured form. */
const withoutSelectors = (emoji: string): string => emoji.replaceAll('\ufe0f', '')
