import io.kaitai.struct.ByteBufferKaitaiStream;
import io.kaitai.struct.KaitaiStream;
import io.kaitai.struct.KaitaiStruct;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Reads frames, one a line, and writes each from the fields that were found in it. */
public final class Writer {
    public static void main(String[] arguments) throws Exception {
        StringBuilder out = new StringBuilder();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            String[] parts = line.split(" ", -1);
            try {
                out.append(HexFormat.of().formatHex(rewritten(parts[1], HexFormat.of().parseHex(parts[2])))).append('\n');
            } catch (InvocationTargetException error) {
                out.append(("!" + error.getCause()).split("\n")[0]).append('\n');
            } catch (RuntimeException error) {
                out.append(("!" + error).split("\n")[0]).append('\n');
            }
        }
        System.out.print(out);
    }

    private static byte[] rewritten(String name, byte[] frame) throws Exception {
        KaitaiStruct.ReadWrite found = (KaitaiStruct.ReadWrite)
            Class.forName(name).getConstructor(KaitaiStream.class).newInstance(new ByteBufferKaitaiStream(frame));
        found.getClass().getMethod("_read").invoke(found);
        KaitaiStream stream = new ByteBufferKaitaiStream((long) frame.length);
        madeAnew(found, null, null)._write(stream);
        return Arrays.copyOf(stream.toByteArray(), stream.pos());
    }

    /** A structure of which only the fields are known, in a tree of such. */
    private static KaitaiStruct.ReadWrite madeAnew(Object one, Object parent, Object root) throws Exception {
        KaitaiStruct.ReadWrite fresh = (KaitaiStruct.ReadWrite) longest(one.getClass()).newInstance(null, parent, root);
        for (Field field : one.getClass().getDeclaredFields()) {
            if (field.getName().startsWith("_") || Modifier.isStatic(field.getModifiers())) continue;
            field.setAccessible(true);
            field.set(fresh, valueAnew(field.get(one), fresh, root == null ? fresh : root));
        }
        fresh._check();
        return fresh;
    }

    private static Object valueAnew(Object value, Object parent, Object root) throws Exception {
        if (value instanceof KaitaiStruct.ReadWrite) return madeAnew(value, parent, root);
        if (!(value instanceof List<?> list)) return value;
        List<Object> elements = new ArrayList<>();
        for (Object element : list) elements.add(valueAnew(element, parent, root));
        return elements;
    }

    /** The constructor that takes a stream, what the structure stands in, and the frame. */
    private static Constructor<?> longest(Class<?> type) {
        return Arrays.stream(type.getConstructors()).filter(each -> each.getParameterCount() == 3).findFirst().orElseThrow();
    }
}
