package dev.followspot.core.config;

import dev.followspot.core.config.Node.Scalar;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a message may show of a value. */
final class Shown {

  private static final int MAX_LENGTH = 80;

  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "token|passw|passphrase|secret|credential|apikey|accesskey|privatekey|keydata|cadata"
              + "|certdata|certificatedata|certificateauthoritydata|authorization|bearer|cookie|jwt"
              + "|^key$|^auth$");

  /** Keys with such a word that name where a secret is, not the secret. */
  private static final Pattern NO_SECRET = Pattern.compile("(?:provider|file|path|name)$");

  /** Private keys, and tokens that are base64 of JSON. */
  private static final Pattern SECRET_TEXT =
      Pattern.compile("-----BEGIN|eyJ[A-Za-z0-9_-]{8}", Pattern.DOTALL);

  private static final Pattern USER_INFO = Pattern.compile("//.*@", Pattern.DOTALL);
  private static final Pattern QUERY = Pattern.compile("\\?.*", Pattern.DOTALL);
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private Shown() {}

  /** The value in quotes, or what stands for it if it may be a secret. */
  static String value(String path, Scalar scalar) {
    if (scalar.origin() != null) {
      return scalar.origin();
    }
    String text = scalar.text();
    if (isSecretKey(path) || SECRET_TEXT.matcher(text).find()) {
      return "a value that is not shown";
    }
    if (text.contains("//") || text.contains("@")) {
      text = QUERY.matcher(USER_INFO.matcher(text).replaceAll("//***@")).replaceAll("?***");
    }
    text = CONTROL.matcher(text).replaceAll(" ");
    return "'" + (text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text) + "'";
  }

  /** Whether a key, or one that it is below, is named like a secret. */
  static boolean isSecretKey(String path) {
    for (String part : path.split("\\.", -1)) {
      String name = part.replaceAll("\\[[0-9]+]|[-_]", "").toLowerCase(Locale.ROOT);
      if (SECRET_KEY.matcher(name).find() && !NO_SECRET.matcher(name).find()) {
        return true;
      }
    }
    return false;
  }
}
