package dev.followspot.core.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodUsageQuantityTest {

  private static final Map<String, BigDecimal> SUFFIXES =
      Map.ofEntries(
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("", BigDecimal.ONE),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("P", new BigDecimal("1e15")),
          Map.entry("E", new BigDecimal("1e18")),
          Map.entry("Ki", BigDecimal.valueOf(1024)),
          Map.entry("Mi", BigDecimal.valueOf(1024).pow(2)),
          Map.entry("Gi", BigDecimal.valueOf(1024).pow(3)),
          Map.entry("Ti", BigDecimal.valueOf(1024).pow(4)),
          Map.entry("Pi", BigDecimal.valueOf(1024).pow(5)),
          Map.entry("Ei", BigDecimal.valueOf(1024).pow(6)));

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.5, 0.5",
    ".5, 0.5",
    "5., 5",
    "1.5Gi, 1610612736",
    "100u, 0.0001",
    "1e3, 1000",
    "1E3, 1000",
    "1E, 1e18",
    "1Ei, 1152921504606846976",
    "12e-3, 0.012",
    "1e+2, 100",
    "+250m, 0.25",
    "-1, -1",
    "007, 7",
    "12345678n, 0.012345678",
    "128974848000m, 128974848",
    "1e-99, 1e-99"
  })
  void the_whole_grammar_is_read(String text, BigDecimal value) {
    assertThat(PodUsageQuantity.parse(text)).isEqualByComparingTo(value);
  }

  @Test
  void a_number_is_a_quantity_too() {
    assertThat(PodUsageQuantity.parse(512)).isEqualByComparingTo("512");
    assertThat(PodUsageQuantity.parse(new BigDecimal("1.5"))).isEqualByComparingTo("1.5");
    assertThat(PodUsageQuantity.parse(new BigInteger("9".repeat(20)))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 ",
        " 1",
        "1 Gi",
        "Gi",
        "m",
        "e",
        "eE",
        "e3",
        ".",
        "+",
        "--1",
        "1.2.3",
        "1,5",
        "1kb",
        "1K",
        "1mi",
        "1ki",
        "1KI",
        "0x10",
        "1e",
        "1e3.5",
        "1e3Gi",
        "1Gim",
        "NaN",
        "Infinity",
        "1_000",
        "١",
        "1d",
        "1f",
        "1e100",
        "1e-100",
        "1e999999999",
        "1e-999999999",
        "1e99999999999999999999",
        "1e2147483648"
      })
  void anything_else_is_none(String text) {
    assertThat(PodUsageQuantity.parse(text)).isNull();
  }

  @Test
  void what_is_long_or_no_text_is_none() {
    for (Object odd :
        List.of(
            "9".repeat(65),
            "0".repeat(10_000_000),
            new BigDecimal("1e999999999"),
            BigInteger.TEN.pow(1000),
            true,
            List.of("1"),
            Map.of())) {
      assertThat(PodUsageQuantity.parse(odd)).isNull();
    }
  }

  @Test
  void random_quantities_are_exact() {
    List<String> suffixes = SUFFIXES.keySet().stream().sorted().toList();
    for (int seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      BigDecimal number =
          new BigDecimal(new BigInteger(random.nextInt(1, 120), random), random.nextInt(0, 12));
      if (random.nextInt(10) == 0) {
        number = number.negate();
      }
      int exponent = random.nextInt(-99, 100);
      boolean scientific = random.nextInt(4) == 0;
      String suffix = suffixes.get(random.nextInt(suffixes.size()));
      String text =
          number.toPlainString()
              + (scientific ? (random.nextBoolean() ? "e" : "E") + exponent : suffix);
      BigDecimal expected =
          scientific ? number.scaleByPowerOfTen(exponent) : number.multiply(SUFFIXES.get(suffix));

      assertThat(PodUsageQuantity.parse(text))
          .as("seed %s: %s", seed, text)
          .isEqualByComparingTo(expected);
    }
  }
}
