package dev.followspot.core.config;

import dev.followspot.core.config.Node.Place;
import dev.followspot.spi.ConfigurationException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Turns what the parser throws into messages that hold nothing of the file: only texts that are
 * known to be fixed are passed on, since the line at fault may be the one with the password.
 */
final class YamlMistakes {

  private static final String UNKNOWN = "is not valid YAML";

  private static final Set<String> FIXED =
      Set.of(
          "could not find expected ':'",
          "expected indentation indicator in the range 1-9, but found 0",
          "found a key after \\t(TAB). (Do not use \\t(TAB) for indentation)",
          "found duplicate YAML directive",
          "found unexpected document separator",
          "found unexpected end of stream",
          "mapping keys are not allowed here",
          "mapping values are not allowed here",
          "sequence entries are not allowed here");

  private static final Map<String, String> CURES =
      Map.of(
          "mapping values are not allowed here",
          "; check the indentation, and put texts that hold ': ' in quotes",
          "could not find expected ':'",
          "; check the indentation, and whether quotes and brackets are closed",
          "found unexpected end of stream",
          "; check whether quotes and brackets are closed");

  private static final Pattern EXPECTED =
      Pattern.compile("((?:did not find )?expected [^#]{1,80}?),? but (?:found|got) .*");

  private static final Pattern CHARACTER =
      Pattern.compile("found character .* that cannot start any token.*");

  private YamlMistakes() {}

  static ConfigurationException of(RuntimeException e, Place place, String text) {
    if (e instanceof MarkedYamlEngineException marked) {
      Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
      Place here = mark.map(m -> place.at(m.getLine() + 1)).orElse(place.at(0));
      String column = mark.map(m -> " (column " + (m.getColumn() + 1) + ")").orElse("");
      return new ConfigurationException(
          here.toString(), "", shown(String.valueOf(marked.getProblem())) + column);
    }
    if (e instanceof ReaderException reader) {
      return new ConfigurationException(
          place.at(lineOf(text, reader.getPosition())).toString(),
          "",
          "holds a control character (code point "
              + reader.getCodePoint()
              + "); write it as an escape in double quotes");
    }
    return new ConfigurationException(place.at(0).toString(), "", UNKNOWN);
  }

  private static String shown(String problem) {
    if (FIXED.contains(problem)) {
      return UNKNOWN + ": " + problem + CURES.getOrDefault(problem, "");
    }
    if (CHARACTER.matcher(problem).matches()) {
      return UNKNOWN
          + ": a value starts with a tab or another character that cannot start one; indent with"
          + " spaces, and put texts that start with @, ` or % in quotes";
    }
    Matcher expected = EXPECTED.matcher(problem);
    if (expected.matches()) {
      return UNKNOWN + ": " + expected.group(1);
    }
    if (problem.startsWith("found unknown escape character")) {
      return UNKNOWN + ": found an unknown escape; in double quotes a backslash is written twice";
    }
    return UNKNOWN;
  }

  private static int lineOf(String text, int codePoints) {
    int line = 1;
    int end = Math.min(text.length(), Math.max(0, codePoints));
    for (int i = 0; i < end; i++) {
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    return line;
  }
}
