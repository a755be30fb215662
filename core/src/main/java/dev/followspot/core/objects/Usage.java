package dev.followspot.core.objects;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * The figures of one resource, exactly as they were added up.
 *
 * @param currentUsage what is used now, 0 if unknown
 * @param requestTotal what is requested, 0 if nothing is
 * @param limitTotal the limit; 0 if there is none, and containers without one do not count
 */
public record Usage(BigDecimal currentUsage, BigDecimal requestTotal, BigDecimal limitTotal) {

  /** Nothing. */
  public static final Usage NONE = new Usage(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  /** Takes off zeros at the end, so that equal figures are equal. */
  public Usage {
    currentUsage = plain(currentUsage);
    requestTotal = plain(requestTotal);
    limitTotal = plain(limitTotal);
  }

  private static BigDecimal plain(BigDecimal figure) {
    if (Objects.requireNonNull(figure, "figure").scale() == 0) {
      return figure;
    }
    BigDecimal stripped = figure.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  Usage plus(Usage other) {
    return new Usage(
        currentUsage.add(other.currentUsage),
        requestTotal.add(other.requestTotal),
        limitTotal.add(other.limitTotal));
  }
}
