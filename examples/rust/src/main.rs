use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn greeting(path: &str) -> String {
    match path.trim_start_matches('/') {
        "" => "Hello, world!\n".to_string(),
        name => format!("Hello, {name}!\n"),
    }
}

/// Answers one request: its first line is all that matters here.
fn answer(stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(&stream).lines();
    let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let body = greeting(request.split(' ').nth(1).unwrap_or("/"));
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    write!(
        &stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:8080")?;
    println!("listening on {}", listener.local_addr()?);
    for stream in listener.incoming() {
        let stream = stream?;
        thread::spawn(move || answer(stream));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::greeting;

    #[test]
    fn greets_by_path() {
        assert_eq!(greeting("/"), "Hello, world!\n");
        assert_eq!(greeting("/Ada"), "Hello, Ada!\n");
    }
}
