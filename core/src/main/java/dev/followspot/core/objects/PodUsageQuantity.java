package dev.followspot.core.objects;

import io.kubernetes.client.custom.Quantity;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Kubernetes quantities of any origin: those that are malformed, or so long or large that
 * computing with them would be a burden, are none.
 */
final class PodUsageQuantity {

  private static final int MAX_LENGTH = 64;

  /** Far beyond any resource: Kubernetes itself stops at 2^63. */
  private static final int MAX_EXPONENT = 99;

  private static final Pattern GRAMMAR =
      Pattern.compile(
          "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))"
              + "(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE]([+-]?[0-9]{1,9}))?");

  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private PodUsageQuantity() {}

  /** The exact value of a text or number; null if it is no quantity. */
  static @Nullable BigDecimal parse(Object quantity) {
    String text = text(quantity);
    Matcher parts = GRAMMAR.matcher(text == null ? "" : text);
    if (text == null || !parts.matches()) {
      return null;
    }
    String exponent = parts.group(3);
    if (exponent != null && Math.abs(Integer.parseInt(exponent)) > MAX_EXPONENT) {
      return null;
    }
    // Quantity computes with 16 digits, and 1024^6 has 19.
    return "Ei".equals(parts.group(2))
        ? Quantity.fromString(parts.group(1) + "Pi").getNumber().multiply(KIBI)
        : Quantity.fromString(text).getNumber();
  }

  private static @Nullable String text(Object quantity) {
    boolean readable = quantity instanceof String || quantity instanceof Number;
    String text = readable ? quantity.toString() : null;
    return text == null || text.length() > MAX_LENGTH ? null : text;
  }
}
