package dev.followspot.core.json;

import java.io.IOException;

/**
 * A JSON document that is written bit by bit, as somebody asks for more. For use by one thread at a
 * time.
 */
@FunctionalInterface
public interface JsonSteps {

  /**
   * Writes the next bit.
   *
   * @param json where to write it; the same one for each bit
   * @return false if there was nothing more to write
   * @throws IOException if writing fails
   */
  boolean next(JsonOutput json) throws IOException;
}
