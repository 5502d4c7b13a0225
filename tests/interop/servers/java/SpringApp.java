// Spring's SseEmitter on Tomcat: replay, and a heartbeat as applications write it.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@Controller
public class SpringApp {
    private static final Class<?>[] BEANS = {
        SpringApp.class, RequestMappingHandlerMapping.class, RequestMappingHandlerAdapter.class,
    };

    private static class Event {
        final int id;
        final String type;
        final String data;

        Event(int id, String type, String data) {
            this.id = id;
            this.type = type;
            this.data = data;
        }

        SseEmitter.SseEventBuilder written() {
            return SseEmitter.event().id(String.valueOf(id)).name(type).data(data);
        }
    }

    private final List<Event> history = new ArrayList<>();
    private final List<SseEmitter> emitters = new CopyOnWriteArrayList<>();

    public SpringApp() {
        Executors.newSingleThreadScheduledExecutor()
                .scheduleAtFixedRate(() -> send(SseEmitter.event().comment("heartbeat")), 4, 4, TimeUnit.SECONDS);
    }

    @GetMapping("/events")
    public synchronized SseEmitter events(@RequestHeader(name = "Last-Event-ID", required = false) Integer last)
            throws IOException {
        SseEmitter emitter = new SseEmitter(0L);
        emitter.onCompletion(() -> emitters.remove(emitter));
        for (Event event : last == null ? new ArrayList<Event>() : history.subList(last, history.size())) {
            emitter.send(event.written());
        }
        emitters.add(emitter);
        return emitter;
    }

    // SseEmitter does not split data into lines: the JSON is written in one.
    @PostMapping("/publish")
    @ResponseBody
    public synchronized String publish(@RequestBody String body) throws IOException {
        JsonNode said = new ObjectMapper().readTree(body);
        String data = new ObjectMapper().readTree(said.get("data").asText()).toString();
        Event event = new Event(history.size() + 1, said.get("type").asText(), data);
        history.add(event);
        send(event.written());
        return String.valueOf(event.id);
    }

    @PostMapping("/drop")
    @ResponseBody
    public synchronized String drop() {
        emitters.forEach(SseEmitter::complete);
        return "";
    }

    private synchronized void send(SseEmitter.SseEventBuilder event) {
        for (SseEmitter emitter : emitters) {
            try {
                emitter.send(event);
            } catch (IOException | IllegalStateException gone) {
                emitters.remove(emitter);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        File folder = File.createTempFile("tomcat", "");
        folder.delete();
        folder.mkdir();
        folder.deleteOnExit();
        tomcat.setBaseDir(folder.getPath());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(Integer.parseInt(System.getenv("PORT")));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // Bean by bean: Debian's cglib makes no classes at run time, which @EnableWebMvc asks for.
        GenericWebApplicationContext spring = new GenericWebApplicationContext();
        for (Class<?> bean : BEANS) {
            spring.registerBeanDefinition(bean.getName(), new RootBeanDefinition(bean));
        }
        Context context = tomcat.addContext("", folder.getPath());
        Tomcat.addServlet(context, "spring", new DispatcherServlet(spring)).setAsyncSupported(true);
        context.addServletMappingDecoded("/", "spring");
        tomcat.start();
        tomcat.getServer().await();
    }
}
