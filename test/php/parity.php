<?php
// Reads lines of JSON data; for each writes a line with PHP's query of it and with what PHP reads back from that query.
while (($line = fgets(STDIN)) !== false) {
    $data = json_decode($line, true, 512, JSON_THROW_ON_ERROR);
    $query = http_build_query($data);
    parse_str($query, $read);
    echo json_encode(['query' => $query, 'read' => $read], JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE), "\n";
}
