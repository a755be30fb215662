package dev.followspot.core.fetch;

import dev.followspot.core.http.ApiResponse;
import dev.followspot.core.http.BodyReader;
import dev.followspot.core.json.InvalidListException;
import dev.followspot.core.json.ListBytes;
import dev.followspot.core.json.ListScanner;
import dev.followspot.core.json.ObjectList;
import dev.followspot.core.json.ObjectLists;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a list while it comes, so that most of it is read when its last byte is there. */
final class ListBody implements BodyReader {

  /** Bytes that were read, from the first on. */
  private record Part(ListBytes bytes, int length) {}

  private final ListScanner scanner;
  private final List<Part> parts = new ArrayList<>(1);
  private @Nullable ObjectList list;

  /** So many items of the list are kept. */
  ListBody(int most) {
    this.scanner = new ListScanner(most);
  }

  @Override
  public int read(byte[] bytes, int length) {
    int done = scanner.read(bytes, length);
    if (done > 0) {
      parts.add(new Part(scanner.source(), done));
    }
    return done;
  }

  @Override
  public boolean end(byte[] bytes, int length) {
    scanner.read(bytes, length);
    list = scanner.list();
    if (list != null) {
      parts.add(new Part(scanner.source(), length));
    }
    return list != null;
  }

  @Override
  public int shrink() {
    Part last = parts.get(parts.size() - 1);
    return last.bytes().pack(last.length());
  }

  @Override
  public void copyTo(ByteBuffer all) {
    parts.forEach(part -> part.bytes().copyTo(all, part.length()));
  }

  /** The list that is the body of an answer; so many items of it are kept. */
  static ObjectList of(ApiResponse response, int most) throws InvalidListException {
    ObjectList read = response.reader() instanceof ListBody body ? body.list : null;
    return read == null ? ObjectLists.parse(response.body(), response.length(), most) : read;
  }
}
