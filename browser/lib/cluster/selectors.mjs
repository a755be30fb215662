const REQUIREMENT =
  /^(?:(?<absent>!)(?<missing>[^\s!=,()]+)|(?<key>[^\s!=,()]+)(?:\s*(?<op>==|=|!=)\s*(?<value>[^\s!=,()]*)|\s+(?<set>in|notin)\s*\((?<values>[^()]*)\))?)$/;

export class InvalidSelector extends Error {}

/** Whether the labels fit a selector such as `app=a,tier in (x, y),!old,team`. */
export function labelsFit(labels, selector) {
  return split(selector).every(part => {
    const found = REQUIREMENT.exec(part)?.groups;
    if (!found) throw new InvalidSelector(`unable to parse requirement: ${part}`);
    if (found.absent) return !(found.missing in labels);
    const has = found.key in labels;
    const values = found.set ? found.values.split(',').map(value => value.trim()) : [found.value];
    const hit = has && values.includes(labels[found.key]);
    if (found.op === '!=' || found.set === 'notin') return !hit;
    return found.op || found.set ? hit : has;
  });
}

/** Whether the object fits a field selector such as `involvedObject.name=a,type!=Normal`. */
export function fieldsFit(object, selector) {
  return split(selector).every(part => {
    const found = /^([^=!]+)(!=|==|=)(.*)$/.exec(part);
    if (!found) throw new InvalidSelector(`invalid field selector: ${part}`);
    const [, path, op, wanted] = found;
    const actual = path.split('.').reduce((value, key) => value?.[key], object) ?? '';
    return (String(actual) === wanted) === (op !== '!=');
  });
}

/** The parts between commas that are not inside parentheses. */
function split(selector) {
  return (selector ?? '')
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(Boolean);
}
