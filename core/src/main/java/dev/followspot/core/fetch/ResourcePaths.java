package dev.followspot.core.fetch;

import dev.followspot.spi.ResourceType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Paths of the Kubernetes API, each part percent-encoded. */
final class ResourcePaths {

  private static final String UNRESERVED = "-._~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private ResourcePaths() {}

  /** The path of a list. */
  static String list(ResourceType type, @Nullable String namespace) {
    StringBuilder path = new StringBuilder(groupVersion(type));
    if (namespace != null) {
      path.append("/namespaces/").append(encode(namespace));
    }
    return path.append('/').append(encode(type.plural())).toString();
  }

  /** The path of what a group and version serve. */
  static String groupVersion(ResourceType type) {
    String version = encode(type.apiVersion());
    return type.group().isEmpty()
        ? "/api/" + version
        : "/apis/" + encode(type.group()) + "/" + version;
  }

  /** Percent-encodes everything but the characters that never need it. */
  static String encode(String text) {
    int plain = 0;
    while (plain < text.length() && isUnreserved(text.charAt(plain))) {
      plain++;
    }
    return plain == text.length() ? text : encodeBytes(text);
  }

  private static String encodeBytes(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }
}
