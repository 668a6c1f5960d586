// The colour that the slow-paint scene gives to a phone. No Node in here: browser tests import it too.

/**
 * Neighbouring numbers lie far apart: by the golden angle on the colour circle, and on one of three lightnesses.
 * @param {string} phone
 * @returns {string}  `#rrggbb`; grey without a phone
 */
export function colourOf(phone) {
  const digits = phone.replace(/\D/g, '').slice(-9);
  if (!digits) return '#808080';
  const number = Number(digits);
  return hex((number * 137.508) % 360, 0.8, [0.3, 0.45, 0.6][number % 3] ?? 0);
}

/**
 * HSL to RGB, as CSS defines it.
 * @param {number} hue
 * @param {number} saturation
 * @param {number} lightness
 */
function hex(hue, saturation, lightness) {
  const spread = saturation * Math.min(lightness, 1 - lightness);
  const channels = [0, 8, 4].map((offset) => {
    const at = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(at - 3, 9 - at, 1))));
  });
  return '#' + channels.map((channel) => channel.toString(16).padStart(2, '0')).join('');
}
