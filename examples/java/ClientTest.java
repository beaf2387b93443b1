// loopfw exec ../world.json -- java ClientTest.java        (Java 16 or later, and no library)

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** Tests in the manner of JUnit, with a main of their own. */
public class ClientTest {
  interface Test {
    void run() throws Exception;
  }

  static final String WEB = "http://" + System.getenv("LOOPFW_SERVER_WEB") + "/";

  public static void main(String[] args) throws Exception {
    test("a refused client tries three times", () -> {
      World.fault("refused=127.0.0.2:8000");
      expect(ConnectException.class, () -> Client.get(WEB, () -> {}));
      check(World.faults().contains("\"connections\":3"));
    });
    test("a silent server does not block the client", () -> {
      World.fault("dropped=127.0.0.2:8000");
      expect(SocketTimeoutException.class, () -> Client.get(WEB, () -> {}));
    });
    test("the client goes on when the server is back", () -> {
      World.fault("refused=127.0.0.2:8000");
      check(Client.get(WEB, World::heal) == 200);
    });
  }

  static void test(String name, Test test) throws Exception {
    try {
      test.run();
      System.out.println("ok " + name);
    } finally {
      World.heal();
    }
  }

  static void check(boolean condition) {
    if (!condition) {
      throw new AssertionError("not as expected");
    }
  }

  static void expect(Class<? extends Exception> type, Callable<?> work) {
    try {
      throw new AssertionError("no " + type + ", but " + work.call());
    } catch (Exception error) {
      check(type.isInstance(error));
    }
  }

  /** The client under test: a GET with a time limit for each try, and up to three tries. */
  static class Client {
    static int get(String url, Test onRetry) throws Exception {
      for (int left = 2; ; left--) {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
        connection.setConnectTimeout(200);
        connection.setReadTimeout(200);
        try {
          return connection.getResponseCode();
        } catch (IOException error) {
          if (left == 0) {
            throw error;
          }
          onRetry.run();
          Thread.sleep(20);
        } finally {
          connection.disconnect();
        }
      }
    }
  }

  /** The control of the world: HTTP and JSON over the unix socket in $LOOPFW_CONTROL (docs/control.md). */
  static class World {
    static void fault(String text) throws IOException {
      ask("POST", "/v1/faults", "{\"fault\":\"" + text + "\"}");
    }

    static String faults() throws IOException {
      return ask("GET", "/v1/faults", "");
    }

    static void heal() throws IOException {
      ask("DELETE", "/v1/faults", "");
    }

    private static String ask(String method, String path, String body) throws IOException {
      String head = method + " " + path + " HTTP/1.0\r\nContent-Length: " + body.length() + "\r\n\r\n";
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(System.getenv("LOOPFW_CONTROL")));
        channel.write(ByteBuffer.wrap((head + body).getBytes(StandardCharsets.UTF_8)));
        ByteBuffer answer = ByteBuffer.allocate(1 << 16);
        while (channel.read(answer) >= 0) {}
        String text = new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        if (!text.matches("(?s)HTTP/1.1 2.*")) {
          throw new IOException(text);
        }
        return text;
      }
    }
  }
}
