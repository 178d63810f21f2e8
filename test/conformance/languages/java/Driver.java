import io.kaitai.struct.ByteBufferKaitaiStream;
import io.kaitai.struct.KaitaiStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads frames, one a line, and writes what readers find in each. */
public final class Driver {
    public static void main(String[] arguments) throws Exception {
        StringBuilder out = new StringBuilder();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            String[] parts = line.split(" ", -1);
            try {
                KaitaiStream stream = new ByteBufferKaitaiStream(HexFormat.of().parseHex(parts[2]));
                var reader = Class.forName(parts[1]).getConstructor(KaitaiStream.class);
                out.append(reading(reader.newInstance(stream))).append('\n');
            } catch (java.lang.reflect.InvocationTargetException error) {
                out.append(("!" + error.getCause()).split("\n")[0]).append('\n');
            }
        }
        System.out.print(out);
    }

    private static String reading(Object value) throws Exception {
        if (value instanceof Boolean flag) return flag ? "\"1\"" : "\"0\"";
        if (value instanceof Float number) return "\"" + number.doubleValue() + "\"";
        if (value instanceof Number number) return "\"" + number + "\"";
        if (value instanceof String text) return "\"x" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "\"";
        if (value instanceof byte[] bytes) return "\"x" + HexFormat.of().formatHex(bytes) + "\"";
        if (value instanceof Enum<?>) return "\"" + value.getClass().getMethod("id").invoke(value) + "\"";
        List<String> parts = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object element : list) parts.add(reading(element));
            return "[" + String.join(",", parts) + "]";
        }
        for (Field field : value.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            Object member = field.get(value);
            if (field.getName().startsWith("_") || member == null || java.lang.reflect.Modifier.isStatic(field.getModifiers())) continue;
            parts.add("\"" + field.getName() + "\":" + reading(member));
        }
        return "{" + String.join(",", parts) + "}";
    }
}
