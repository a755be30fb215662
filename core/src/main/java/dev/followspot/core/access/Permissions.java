package dev.followspot.core.access;

import dev.followspot.core.config.NearestKey;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.Permission;

/** Names of permissions in messages. */
final class Permissions {

  private Permissions() {}

  /** What to say of a name that is none. */
  static String unknown(String name) {
    return "has "
        + Shortened.quoted(name)
        + ", which is no permission of the kubernetes plugin"
        + NearestKey.of(name, Permission.keys()).map(k -> "; did you mean '" + k + "'?").orElse("")
        + "; known are "
        + String.join(", ", Permission.keys());
  }
}
