package dev.followspot.examples.benchmarks.parts;

import dev.followspot.core.json.InvalidListException;
import dev.followspot.core.json.ListScanner;
import dev.followspot.core.json.ObjectList;
import dev.followspot.core.json.ObjectLists;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A list of 2,000 pods, 15 MB, is checked to be JSON and cut into objects. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ListParsing extends Part {

  /** The size of the arrays in which answers come. */
  private static final int CHUNK = 256 << 10;

  private final byte[] body = PodLists.pods(PodLists.MANY);

  /** Makes up the list. */
  public ListParsing() {}

  /**
   * All of it at once.
   *
   * @return the list
   * @throws InvalidListException if it is none
   */
  @Benchmark
  public ObjectList whole() throws InvalidListException {
    return checked(ObjectLists.parse(body, body.length));
  }

  /**
   * In chunks, as it comes from an API server, copied once.
   *
   * @return the list
   */
  @Benchmark
  public ObjectList inChunks() {
    ListScanner scanner = new ListScanner(Integer.MAX_VALUE);
    byte[] chunk = new byte[0];
    int read = 0;
    int held = 0;
    for (int taken = 0; taken < body.length; ) {
      byte[] next = new byte[CHUNK];
      int left = held - read;
      System.arraycopy(chunk, read, next, 0, left);
      int more = Math.min(CHUNK - left, body.length - taken);
      System.arraycopy(body, taken, next, left, more);
      taken += more;
      held = left + more;
      chunk = next;
      read = scanner.read(chunk, held);
    }
    return checked(scanner.list());
  }

  private static ObjectList checked(@Nullable ObjectList list) {
    if (list == null || list.objects().size() != PodLists.MANY) {
      throw new IllegalStateException("wrong list: " + list);
    }
    return list;
  }
}
