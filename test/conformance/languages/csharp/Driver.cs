// Reads frames, one a line, and writes what readers find in each.

using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;

public static class Driver
{
    public static void Main(string[] arguments)
    {
        var output = new StringBuilder();
        foreach (string line in File.ReadAllLines(arguments[0]))
        {
            string[] parts = line.Split(' ');
            try
            {
                Type reader = Type.GetType("Kaitai." + parts[1], true);
                object stream = new Kaitai.KaitaiStream(Bytes(parts[2]));
                output.Append(Reading(Activator.CreateInstance(reader, stream, null, null))).Append('\n');
            }
            catch (TargetInvocationException error)
            {
                output.Append(("!" + error.InnerException.GetType().Name + " " + error.InnerException.Message).Split('\n')[0]).Append('\n');
            }
        }
        Console.Write(output);
    }

    private static string Reading(object value)
    {
        if (value is bool) return (bool)value ? "\"1\"" : "\"0\"";
        if (value is string) return "\"x" + Hex(new UTF8Encoding(false).GetBytes((string)value)) + "\"";
        if (value is byte[]) return "\"x" + Hex((byte[])value) + "\"";
        if (value is Enum) return "\"" + Convert.ToInt64(value) + "\"";
        if (value is float) return Float((float)value);
        if (value is double) return Float((double)value);
        if (value is ValueType) return "\"" + Convert.ToString(value, CultureInfo.InvariantCulture) + "\"";
        if (value is IEnumerable) return "[" + string.Join(",", ((IEnumerable)value).Cast<object>().Select(Reading)) + "]";
        var parts = new List<string>();
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            object member = property.GetValue(value, null);
            if (property.Name.StartsWith("M_") || member == null) continue;
            parts.Add("\"" + property.Name + "\":" + Reading(member));
        }
        return "{" + string.Join(",", parts) + "}";
    }

    // Mono writes a negative zero without its sign.
    private static string Float(double value)
    {
        bool isNegativeZero = value == 0 && 1 / value < 0;
        return "\"" + (isNegativeZero ? "-0" : value.ToString("R", CultureInfo.InvariantCulture)) + "\"";
    }

    private static byte[] Bytes(string hex)
    {
        return Enumerable.Range(0, hex.Length / 2).Select(index => Convert.ToByte(hex.Substring(index * 2, 2), 16)).ToArray();
    }

    private static string Hex(byte[] bytes)
    {
        return BitConverter.ToString(bytes).Replace("-", "").ToLowerInvariant();
    }
}
